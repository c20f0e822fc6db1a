package dev.storyline.fieldops.billing;

import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.projections.View;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param jobId the job, from the path
 */
record BillingQuery(JobId jobId) {
    /** The view, or null if there is nothing to show. */
    @Nullable
    Billing answer(View view) {
        return view.head(FieldOps.stream(jobId)).own(Billing.class);
    }
}
