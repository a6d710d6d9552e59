/** The channel on which each commit sends the position of the end of the log, as a decimal number. */
export const notifyChannel = 'opsgraph_log';
