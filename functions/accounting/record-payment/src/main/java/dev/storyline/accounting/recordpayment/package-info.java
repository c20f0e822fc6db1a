/** Money comes in outside an order. */
@NullMarked
package dev.storyline.accounting.recordpayment;

import org.jspecify.annotations.NullMarked;
