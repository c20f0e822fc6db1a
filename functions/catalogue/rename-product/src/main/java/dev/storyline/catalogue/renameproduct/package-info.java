/** A product gets another name. */
@NullMarked
package dev.storyline.catalogue.renameproduct;

import org.jspecify.annotations.NullMarked;
