/** Tests of the engines on DynamoDB Local. */
@NullMarked
package dev.storyline.projections;

import org.jspecify.annotations.NullMarked;
