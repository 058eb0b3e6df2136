/** What stands before a value: the name it is assigned to and how. */
export interface Assignment {
    /** The name as written: `JWT_SECRET`, `db.password`, `x-api-key`. */
    readonly name: string;
    /** The sign: `=`, `:`, `(`, `,`, `>`, or a blank after a command line flag. */
    readonly sign: string;
    /** The quote that opens the value, or nothing. */
    readonly quote: string;
}
/** Reads the assignment that ends at the end of `text`, the text in front of a value: one line or little more. */
export declare function assignmentBefore(text: string): Assignment | undefined;
