/**
 * A crew's work for a job is compared with its work for others; what is told twice for one time is a conflict, which
 * lasts until a correction settles it. Work without a start ended when the job was done. The 100 jobs whose work ended
 * last are compared; a conflict with an earlier one stays as it is.
 */
@NullMarked
package dev.storyline.fieldops.logcrewwork;

import org.jspecify.annotations.NullMarked;
