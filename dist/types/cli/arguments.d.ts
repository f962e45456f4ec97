/** What was asked for cannot be understood, or a file cannot be read: exit code 2. */
export declare class UsageError extends Error {
}
export interface Arguments {
    files: string[];
    /** Options given, without their dashes. */
    options: Set<string>;
    /** Options that take a value. */
    values: Map<string, string>;
}
/**
 * @param known   options of this command, without their dashes
 * @param valued  those that take a value: the next word, or after "="
 */
export declare function parseArguments(words: string[], known: string[], valued?: string[]): Arguments;
/** Text of a file; "-" is standard input. */
export declare function readText(file: string): string;
export declare const say: (text: string) => undefined;
