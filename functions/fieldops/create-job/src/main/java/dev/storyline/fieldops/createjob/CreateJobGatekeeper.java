package dev.storyline.fieldops.createjob;

import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.eventstore.StreamFold;
import dev.storyline.kernel.CommandContext;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Gatekeeper;
import dev.storyline.kernel.Rule;
import java.math.BigDecimal;

/** Reads the region's time zone and tax rate from the region's stream. */
final class CreateJobGatekeeper implements Gatekeeper<CreateJobRequest, CreateJob> {
    static final BigDecimal MOST_HOURS = BigDecimal.valueOf(1_000);
    static final int LONGEST_TEXT = 500;

    static final Rule REGION_NOT_OPEN =
            Rule.forbids("region-not-open", "No jobs are taken in this region; open it first.");
    static final Rule HOURS_NOT_POSITIVE =
            Rule.forbids("hours-not-positive", "The estimate is more than 0 hours and 1,000 at most.");
    static final Rule BLANK_TEXT = Rule.forbids(
            "blank-text", "Customer, site address and trade say something, in 500 characters at most each.");

    private final StreamFold<Region, ?> regions;

    CreateJobGatekeeper(StreamFold<Region, ?> regions) {
        this.regions = regions;
    }

    @Override
    public Gate<CreateJob> gate(CreateJobRequest request, CommandContext occasion) {
        if (!says(request.customer()) || !says(request.siteAddress()) || !says(request.trade())) {
            return Gate.closed(BLANK_TEXT);
        }
        if (request.estimatedHours().signum() <= 0 || request.estimatedHours().compareTo(MOST_HOURS) > 0) {
            return Gate.closed(HOURS_NOT_POSITIVE);
        }
        Region region = regions.state(FieldOps.stream(request.regionId()));
        String timeZone = region.timeZone();
        if (timeZone == null) {
            return Gate.closed(REGION_NOT_OPEN);
        }
        return Gate.open(new CreateJob(
                request.jobId(),
                request.customer(),
                request.siteAddress(),
                request.regionId(),
                request.trade(),
                request.plannedStart(),
                request.estimatedHours(),
                timeZone,
                occasion.at(),
                request.customerId(),
                region.taxRate()));
    }

    private static boolean says(String text) {
        return !text.isBlank() && text.codePointCount(0, text.length()) <= LONGEST_TEXT;
    }
}
