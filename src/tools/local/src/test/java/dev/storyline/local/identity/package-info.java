/** Who may do what: bearer tokens, the development issuer, and the policies of functions. */
@NullMarked
package dev.storyline.local.identity;

import org.jspecify.annotations.NullMarked;
