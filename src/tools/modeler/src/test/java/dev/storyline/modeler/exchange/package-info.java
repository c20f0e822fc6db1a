@NullMarked
package dev.storyline.modeler.exchange;

import org.jspecify.annotations.NullMarked;
