/** The channel on which a commit says, as a decimal number, up to which position the log now reaches. */
export const notifyChannel = 'opsgraph_log';
