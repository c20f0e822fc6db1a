package dev.storyline.contexts.accounting;

/** The kinds of entries. A reversing entry has the kind of the entry that it reverses. */
public final class EntryKind {
    /** An order was shipped. */
    public static final String SALE = "sale";

    /** Products of an order came back. */
    public static final String RETURN = "return";

    /** Money came in. */
    public static final String PAYMENT = "payment";

    /** Money went back. */
    public static final String REFUND = "refund";

    /** A job was billed, for the first time or anew. */
    public static final String BILL = "bill";

    /** Nobody expects any more that a job is paid. */
    public static final String WRITE_OFF = "write-off";

    private EntryKind() {}
}
