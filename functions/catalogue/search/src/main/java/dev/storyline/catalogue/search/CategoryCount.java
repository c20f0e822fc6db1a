package dev.storyline.catalogue.search;

/**
 * How many of the found products are in a category.
 *
 * @param category the category
 * @param count the number of products
 */
public record CategoryCount(String category, long count) {}
