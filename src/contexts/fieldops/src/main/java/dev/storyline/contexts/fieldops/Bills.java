package dev.storyline.contexts.fieldops;

import java.util.List;

/**
 * The numbers of a job's bills. The completion is bill 1, and each correction is the next bill. A job that is cancelled
 * has a bill if equipment was charged. Accounting is not sent a bill of nothing, unless it takes back an earlier one.
 *
 * @param charged whether the job was charged for equipment
 * @param first the first bill that was sent to accounting; 0 while none was
 * @param last the latest bill, sent or not; 0 while there is none
 */
public record Bills(boolean charged, int first, int last) {
    /** The bills of a job that was just created. */
    public static final Bills NONE = new Bills(false, 0, 0);

    /** After equipment was charged. */
    public Bills withEquipment() {
        return new Bills(true, first, last);
    }

    /** With the bill of a completion or of a correction; work without a rate costs nothing that is known. */
    public Bills withWork(List<CrewWork> work) {
        return next(charged || work.stream().anyMatch(part -> part.hourlyRate() != null));
    }

    /** With the bill of a cancelled job, if there is one. */
    public Bills withCancellation() {
        return charged ? next(true) : this;
    }

    private Bills next(boolean costs) {
        int bill = last + 1;
        return new Bills(charged, first == 0 && costs ? bill : first, bill);
    }

    /** Whether accounting was sent the bill with this number. */
    public boolean isSent(int bill) {
        return first > 0 && bill >= first && bill <= last;
    }
}
