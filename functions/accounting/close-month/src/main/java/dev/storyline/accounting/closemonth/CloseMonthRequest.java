package dev.storyline.accounting.closemonth;

/**
 * The request of a client.
 *
 * @param month the month, from the path
 */
public record CloseMonthRequest(String month) {}
