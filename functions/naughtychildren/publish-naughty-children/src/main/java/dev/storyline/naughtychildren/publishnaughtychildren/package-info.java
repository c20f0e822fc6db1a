/** Who is listed as naughty becomes public. */
@NullMarked
package dev.storyline.naughtychildren.publishnaughtychildren;

import org.jspecify.annotations.NullMarked;
