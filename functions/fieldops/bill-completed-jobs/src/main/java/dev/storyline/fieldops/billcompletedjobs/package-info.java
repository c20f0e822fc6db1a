/** What a job costs is told to others, and to accounting. */
@NullMarked
package dev.storyline.fieldops.billcompletedjobs;

import org.jspecify.annotations.NullMarked;
