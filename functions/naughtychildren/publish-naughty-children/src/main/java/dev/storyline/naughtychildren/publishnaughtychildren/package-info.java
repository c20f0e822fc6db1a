/** Children on the naughty list become public. */
@NullMarked
package dev.storyline.naughtychildren.publishnaughtychildren;

import org.jspecify.annotations.NullMarked;
