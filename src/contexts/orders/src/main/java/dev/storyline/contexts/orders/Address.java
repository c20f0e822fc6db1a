package dev.storyline.contexts.orders;

/**
 * Where an order goes.
 *
 * @param name the name of the person
 * @param street the street and number
 * @param city the city, with its postal code
 * @param country the ISO 3166 code of the country, two capital letters
 */
public record Address(String name, String street, String city, String country) {}
