/** What the templates of a repository deploy: read, so that nothing has to be written down twice. */
@NullMarked
package dev.storyline.deployment;

import org.jspecify.annotations.NullMarked;
