/** Reads the SAM templates of a repository: resources, lint, policies, and deployment plan. */
@NullMarked
package dev.storyline.deployment;

import org.jspecify.annotations.NullMarked;
