/** The HTTP API: routes, payload format 2.0, and the page of the model. */
@NullMarked
package dev.storyline.local.gateway;

import org.jspecify.annotations.NullMarked;
