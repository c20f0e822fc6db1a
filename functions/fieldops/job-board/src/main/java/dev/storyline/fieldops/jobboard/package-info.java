/** What is to be done where and when. */
@NullMarked
package dev.storyline.fieldops.jobboard;

import org.jspecify.annotations.NullMarked;
