package dev.storyline.fieldops.job;

import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.projections.View;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param jobId names a job, from the path
 */
record JobQuery(JobId jobId) {
    /** The view, or null where there is nothing to see. */
    @Nullable
    Job answer(View view) {
        return view.head(FieldOps.stream(jobId)).own(Job.class);
    }
}
