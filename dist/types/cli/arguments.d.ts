/** What was asked for cannot be understood, or a file cannot be read: exit code 2. */
export declare class UsageError extends Error {
}
export interface Arguments {
    files: string[];
    /** Options given, without their dashes. */
    options: Set<string>;
    /** Values of options that take one; each may be given more than once. */
    values: Map<string, string[]>;
}
/** @param known options of this command, without their dashes; those that end in "=" take a value */
export declare function parseArguments(words: string[], known: string[]): Arguments;
/** Text of a file; "-" is standard input. */
export declare function readText(file: string): string;
/** Text that cannot move the cursor, hide what stands before it or begin a line of its own; inside JSON it means the same. */
export declare const printable: (text: string) => string;
export declare const say: (text: string) => undefined;
export declare const complain: (text: string) => undefined;
/** A template of one line: what is filled in stays inside it. */
export declare const line: (parts: TemplateStringsArray, ...values: (string | number | undefined)[]) => string;
/** The value of an option; of several, the last. */
export declare const valueOf: ({ values }: Arguments, name: string) => string | undefined;
/** The value of an option that has to be one of a few; the first where it is not given. */
export declare function oneOf<T extends string>(given: Arguments, name: string, choices: [T, ...T[]]): T;
