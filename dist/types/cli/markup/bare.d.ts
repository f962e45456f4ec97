/** @param source  read as bytes */
export declare function barePage(source: string): string;
