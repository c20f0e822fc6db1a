package dev.storyline.local.history;

/**
 * How far a scan of the event tables has come.
 *
 * @param commits how many commits were read
 * @param ofCommits how many there are, as DynamoDB reports it: some hours old on AWS
 * @param unreadable how many items were no commits
 * @param archived how many streams are archived; a scan passes over their events
 * @param readUnits the read units
 * @param seconds the time
 * @param complete false if it ended before everything was read, because enough was found
 */
public record ScanProgress(
        long commits,
        long ofCommits,
        long unreadable,
        long archived,
        double readUnits,
        double seconds,
        boolean complete) {}
