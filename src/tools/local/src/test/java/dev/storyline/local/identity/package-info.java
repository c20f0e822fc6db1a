/** Authentication and authorization: bearer tokens, the development issuer, and the policies of functions. */
@NullMarked
package dev.storyline.local.identity;

import org.jspecify.annotations.NullMarked;
