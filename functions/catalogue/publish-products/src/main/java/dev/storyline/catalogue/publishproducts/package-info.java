/** Others hear what may be bought, and at what price. */
@NullMarked
package dev.storyline.catalogue.publishproducts;

import org.jspecify.annotations.NullMarked;
