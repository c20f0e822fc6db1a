package dev.storyline.fieldops.billcompletedjobs;

import dev.storyline.contexts.fieldops.Bills;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewAssigned;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewReleased;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewUnassigned;
import dev.storyline.contexts.fieldops.CrewWork;
import dev.storyline.contexts.fieldops.CustomerId;
import dev.storyline.contexts.fieldops.EquipmentCharge.EquipmentCharged;
import dev.storyline.contexts.fieldops.JobBilling.BillAccepted;
import dev.storyline.contexts.fieldops.JobBilling.JobWrittenOff;
import dev.storyline.contexts.fieldops.JobEvent;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.JobLifecycle.CompletionCorrected;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCancelled;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCompleted;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.contexts.fieldops.JobScheduling.JobRescheduled;
import dev.storyline.contexts.fieldops.RegionId;
import dev.storyline.kernel.Effect.Call;
import dev.storyline.kernel.Effect.Publish;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.Money;
import dev.storyline.kernel.Reaction;
import dev.storyline.kernel.Recorded;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the cost of a job when it is completed, when its completion is corrected, and when it is cancelled with
 * equipment charged; publishes it, and asks accounting to enter the revenue. A later bill replaces the one before. Publishes write-offs, too. Its
 * state is the lines of equipment, 100 at most; the event of the completion tells the labour.
 */
final class BillCompletedJobs implements EventHandler<BillCompletedJobs.Bill, JobEvent> {
    static final String ACCOUNTING = "accounting";

    /**
     * What a bill of the job has, apart from its labour.
     *
     * @param customer the customer who pays; null before the job is created
     * @param regionId the region; null before the job is created
     * @param equipment the lines of equipment
     * @param completedAt the time of the completion; null before it
     * @param bills the numbers of the bills so far
     * @param customerId the customer; null if only the name is known
     * @param taxRate the tax on the amounts; null for none
     */
    record Bill(
            @Nullable String customer,
            @Nullable RegionId regionId,
            Lines equipment,
            @Nullable Instant completedAt,
            Bills bills,
            @Nullable CustomerId customerId,
            @Nullable BigDecimal taxRate) {
        Bill charged(EquipmentCharged use) {
            return new Bill(
                    customer,
                    regionId,
                    equipment.with(use.equipmentId().value(), use.hourlyRate(), use.hours()),
                    completedAt,
                    bills.withEquipment(),
                    customerId,
                    taxRate);
        }

        Bill numbered(Bills next, @Nullable Instant at) {
            return new Bill(customer, regionId, equipment, at, next, customerId, taxRate);
        }
    }

    @Override
    public String name() {
        return "bill-completed-jobs";
    }

    /** Version 2 remembers the numbers of bills, version 3 the customer and the tax rate. */
    @Override
    public int version() {
        return 3;
    }

    @Override
    public Class<JobEvent> folds() {
        return JobEvent.class;
    }

    @Override
    public Bill initialState() {
        return new Bill(null, null, Lines.NONE, null, Bills.NONE, null, null);
    }

    @Override
    public Reaction<Bill> on(Bill bill, Recorded<JobEvent> event) {
        return switch (event.event()) {
            case JobCreated created ->
                Reaction.to(new Bill(
                        created.customer(),
                        created.regionId(),
                        bill.equipment(),
                        bill.completedAt(),
                        bill.bills(),
                        created.customerId(),
                        created.taxRate()));
            case EquipmentCharged charged -> Reaction.to(bill.charged(charged));
            case JobCompleted completed -> worked(bill, completed.jobId(), completed.at(), completed.work());
            case CompletionCorrected corrected -> worked(bill, corrected.jobId(), bill.completedAt(), corrected.work());
            case JobCancelled cancelled ->
                bill.bills().charged()
                        ? billed(
                                bill.numbered(bill.bills().withCancellation(), null),
                                cancelled.jobId(),
                                event.at(),
                                bill.equipment())
                        : Reaction.to(bill);
            case JobWrittenOff writtenOff ->
                Reaction.to(
                        bill,
                        new Publish(
                                "job-written-off", new WriteOff(writtenOff.jobId(), writtenOff.reason(), event.at())));
            case CrewAssigned _, CrewUnassigned _, CrewReleased _, JobRescheduled _, BillAccepted _ ->
                Reaction.to(bill);
        };
    }

    private static Reaction<Bill> worked(Bill bill, JobId job, @Nullable Instant at, List<CrewWork> work) {
        return at == null
                ? Reaction.to(bill)
                : billed(bill.numbered(bill.bills().withWork(work), at), job, at, withLabour(bill.equipment(), work));
    }

    private static Reaction<Bill> billed(Bill bill, JobId job, Instant at, Lines lines) {
        String customer = bill.customer();
        RegionId region = bill.regionId();
        if (customer == null || region == null) {
            return Reaction.to(bill);
        }
        int number = bill.bills().last();
        List<Money> amounts = lines.amounts();
        JobBillable billable =
                new JobBillable(job, customer, region, at, amounts, number, bill.customerId(), bill.taxRate());
        RecordRevenue revenue = new RecordRevenue(job, customer, at, amounts, number);
        return bill.bills().isSent(number)
                ? Reaction.to(bill, new Publish("job-billable", billable), new Call("revenue", ACCOUNTING, revenue))
                : Reaction.to(bill, new Publish("job-billable", billable));
    }

    /** Work without a rate is not billed. The sign '#' separates crew and rate class, since no id contains it. */
    private static Lines withLabour(Lines equipment, List<CrewWork> work) {
        Lines lines = equipment;
        for (CrewWork one : work) {
            Money rate = one.hourlyRate();
            if (rate != null) {
                lines = lines.with(one.crewId().value() + "#" + one.rateClass(), rate, one.hours());
            }
        }
        return lines;
    }
}
