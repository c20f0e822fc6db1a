/** Approved and cancelled wishes become public. */
@NullMarked
package dev.storyline.wishes.publishwishupdates;

import org.jspecify.annotations.NullMarked;
