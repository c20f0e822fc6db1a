/** An elf sees what is to be brought to whom. */
@NullMarked
package dev.storyline.logistics.deliverynote;

import org.jspecify.annotations.NullMarked;
