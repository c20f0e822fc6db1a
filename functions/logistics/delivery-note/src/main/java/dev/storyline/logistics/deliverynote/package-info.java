/** The order of one present, for the elf who delivers it. */
@NullMarked
package dev.storyline.logistics.deliverynote;

import org.jspecify.annotations.NullMarked;
