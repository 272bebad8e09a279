/** The most rows one query can read: `offset + limit` may not exceed it (section 1 of the API document). */
export const queryCap = 10_000;

/** The most leads one page can have (section 1 of the API document). */
export const maxPageSize = 50;

/** The largest answer that is read, in bytes after decompression. A page of 50 leads is some 50 KB. */
export const maxAnswerBytes = 16 * 1024 * 1024;

/** How long an answer is waited for, in ms, unless said otherwise. */
export const defaultTimeout = 30_000;
