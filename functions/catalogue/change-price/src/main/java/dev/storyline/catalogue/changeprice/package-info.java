/** A product gets another price, now or later. */
@NullMarked
package dev.storyline.catalogue.changeprice;

import org.jspecify.annotations.NullMarked;
