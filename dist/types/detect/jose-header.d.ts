/** Whether a header names what it is the header of. */
export declare function isJoseHeader(header: object): boolean;
/**
 * Whether a text can be the beginning of a JOSE object: what stands before its first dot decodes to a header, or, while
 * there is no dot, to the beginning of a JSON object. Asked before more is read: a run may hold a start at every fourth
 * character, and few of them stay possible for long.
 */
export declare function mayBeJose(text: string): boolean;
/** Whether a text can be the beginning of a JSON object, or all of one; undefined when it is neither. */
export declare function objectIn(json: string): "begun" | "whole" | undefined;
