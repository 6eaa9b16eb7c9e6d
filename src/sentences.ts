// What stopped a start or a command, in one sentence with the way out.

type SystemError = Error & {
	code?: string;
	port?: number;
	address?: string;
	path?: string;
	hostname?: string;
	syscall?: string;
};

/** Whether no database answers at an address: nobody there, or no such name. */
export const isUnreachable = (problem: unknown): boolean => {
	const { name, syscall } = problem as SystemError;
	return name === 'MongoServerSelectionError' || Boolean(syscall?.startsWith('query'));
};

/** A sentence for an error that ends the process; errors nobody foresaw keep their stack. */
export const sentenceFor = (problem: unknown): string => {
	const error = problem as SystemError;
	switch (error.code) {
		case 'EADDRINUSE':
			return `Port ${error.port} is in use. Stop what uses it, or set another one: PORT=3001 npm start`;
		case 'EACCES':
		case 'EPERM':
		case 'EROFS':
		case 'EEXIST':
		case 'ENOTDIR':
			return error.port
				? `This user may not listen on port ${error.port}. Choose one above 1023: PORT=3000 npm start`
				: `${error.path ?? 'A folder'} cannot be written. Give this user the right to, or set DATA_DIR to a folder of its own`;
		case 'ENOTFOUND':
		case 'EADDRNOTAVAIL':
			if (isUnreachable(error)) break;
			return `${error.address ?? error.hostname} is no address of this machine. Set HOST to one that is, or to 0.0.0.0 for all`;
		case 'ENOSPC':
			return 'The disk is full. Make room, then start again: nothing that was acknowledged is lost';
	}
	if (isUnreachable(error))
		return `The database at MONGODB_URI does not answer: ${error.message}. Check that it runs and that the address is right`;
	return ['Error', 'TypeError', 'RangeError', 'ReferenceError', 'SyntaxError'].includes(error.name) && error.stack
		? error.stack
		: String(error.message ?? problem);
};
