export interface PageFile {
    file: string;
    /** Its name below the folder that was named; its own where it was named itself. */
    name: string;
    /** The folder that was named; that of a file that was named itself. */
    root: string;
}
/** A file's bytes, a letter for each. */
export declare function readBytes(file: string): string;
export declare function writeBytes(file: string, bytes: string): void;
/** The files named, and of a folder those below it whose names end so. */
export declare function pagesIn(sources: string[], ending: RegExp): PageFile[];
export declare const html: RegExp;
