// What somebody reads for where they are signed in.
import type { KeptDevice } from '#lib/domain/account/device.ts';
import { t } from './managers.ts';

/** "Firefox on Windows". What an earlier version kept is said as it was kept. */
export const deviceText = (device: KeptDevice): string => {
	if (typeof device === 'string') return device;
	const browser = device.browser ?? t.account_device_unknown();
	return device.system ? t.account_device({ browser, system: device.system }) : browser;
};
