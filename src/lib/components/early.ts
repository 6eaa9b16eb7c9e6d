// What somebody chose on a page before its scripts came counts: a control that acts on its change hears of it once it listens.

let isHydrating = true;

/** Called when the first page listens. What is drawn after that is drawn by scripts, and nobody touched it earlier. */
export const settle = (): void => {
	isHydrating = false;
};

const wasChosen = (control: HTMLSelectElement | HTMLInputElement) =>
	control instanceof HTMLSelectElement
		? [...control.options].some((option) => option.defaultSelected && !option.selected)
		: control.checked !== control.defaultChecked && (control.type === 'checkbox' || control.checked);

/** `<select {@attach catchUp}>`: an early choice is kept, and its `change` happens again when somebody listens. */
export const catchUp = (control: HTMLSelectElement | HTMLInputElement): void => {
	if (!isHydrating || !wasChosen(control)) return;
	const { value } = control;
	setTimeout(() => {
		if (control instanceof HTMLSelectElement) control.value = value;
		control.dispatchEvent(new Event('change', { bubbles: true }));
	});
};
