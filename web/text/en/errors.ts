/** None: the server's own words are English. */
export const errors: Readonly<Record<string, string>> = {};
