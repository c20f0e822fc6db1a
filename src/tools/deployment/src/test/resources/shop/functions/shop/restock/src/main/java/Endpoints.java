class Endpoints {
    AtomicDecider decider;

    @Funq("restock-inner")
    void restock_inner() {}

    @Funq("restock-translation")
    void restock_translation() {}
}
