// Every error the engine answers with: the code and name drivers act on, and a message that says what was wrong.

const codes = {
	InternalError: 1,
	BadValue: 2,
	FailedToParse: 9,
	Unauthorized: 13,
	TypeMismatch: 14,
	Overflow: 15,
	InvalidLength: 16,
	IllegalOperation: 20,
	NamespaceNotFound: 26,
	IndexNotFound: 27,
	PathNotViable: 28,
	ConflictingUpdateOperators: 40,
	CursorNotFound: 43,
	NamespaceExists: 48,
	MaxTimeMSExpired: 50,
	DollarPrefixedFieldName: 52,
	InvalidIdField: 53,
	NotSingleValueField: 54,
	EmptyFieldName: 56,
	CommandNotFound: 59,
	ImmutableField: 66,
	CannotCreateIndex: 67,
	InvalidOptions: 72,
	InvalidNamespace: 73,
	IndexOptionsConflict: 85,
	IndexKeySpecsConflict: 86,
	CommandNotSupported: 115,
	DocumentValidationFailure: 121,
	InvalidPipelineOperator: 168,
	CannotIndexParallelArrays: 171,
	QueryPlanKilled: 175,
	QueryFeatureNotAllowed: 224,
	ConversionFailure: 241,
	QueryExceededMemoryLimitNoDiskUseAllowed: 292,
	BSONObjectTooLarge: 10334,
	DuplicateKey: 11000,
	OutOfDiskSpace: 14031,
} as const;

export type CodeName = keyof typeof codes;

/** A failed command. `extra` is merged into the reply beside code, codeName and errmsg. */
export class CommandError extends Error {
	override readonly name = 'CommandError';
	readonly code: number;
	readonly codeName: string;
	readonly extra: Record<string, unknown>;

	/** A bare number is one of the server's numbered locations, whose name is made from it. */
	constructor(code: CodeName | number, message: string, extra: Record<string, unknown> = {}) {
		super(message);
		this.code = typeof code === 'number' ? code : codes[code];
		this.codeName = typeof code === 'number' ? `Location${code}` : code;
		this.extra = extra;
	}
}

const named = (name: CodeName) => (message: string) => new CommandError(name, message);

export const badValue = named('BadValue');
export const failedToParse = named('FailedToParse');
export const typeMismatch = named('TypeMismatch');
export const illegalOperation = named('IllegalOperation');
export const namespaceNotFound = named('NamespaceNotFound');
export const indexNotFound = named('IndexNotFound');
export const pathNotViable = named('PathNotViable');
export const conflictingUpdate = named('ConflictingUpdateOperators');
export const cursorNotFound = named('CursorNotFound');
export const namespaceExists = named('NamespaceExists');
export const dollarPrefixed = named('DollarPrefixedFieldName');
export const notSingleValue = named('NotSingleValueField');
export const emptyFieldName = named('EmptyFieldName');
export const commandNotFound = named('CommandNotFound');
export const immutableField = named('ImmutableField');
export const indexOptionsConflict = named('IndexOptionsConflict');
export const indexKeySpecsConflict = named('IndexKeySpecsConflict');

/** The answer to everything outside the README's tables: an error that names it, never a guess. */
export const unsupported = (kind: string, name: string) =>
	new CommandError('CommandNotSupported', `the embedded database does not support the ${kind} '${name}'`);

/** An index refused a second document with the same key. `shown` is the key as text for the message. */
export const duplicateKey = (
	namespace: string,
	index: string,
	keyPattern: Record<string, unknown>,
	keyValue: Record<string, unknown>,
	shown: string,
) =>
	new CommandError(
		'DuplicateKey',
		`E11000 duplicate key error collection: ${namespace} index: ${index} dup key: ${shown}`,
		{
			keyPattern,
			keyValue,
		},
	);
