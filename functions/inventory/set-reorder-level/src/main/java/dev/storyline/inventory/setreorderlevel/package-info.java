/** The warehouse says below which quantity a product is low in stock. */
@NullMarked
package dev.storyline.inventory.setreorderlevel;

import org.jspecify.annotations.NullMarked;
