package dev.storyline.contexts.accounting;

/** Everything that is recorded in accounting. */
public sealed interface AccountingEvent permits EntryEvent, LedgerEvent, OrderEvent, JobEvent {}
