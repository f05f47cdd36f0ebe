package io.simpleim.store.mongo;

import org.bson.Document;

/** Reads fields tolerantly: partners and migrations write the same collections, with numbers of any width. */
final class Fields {
    private Fields() {}

    /** Returns a number, or 0 if there is none. */
    static long number(Document document, String field) {
        return document.get(field) instanceof Number number ? number.longValue() : 0;
    }

    static int integer(Document document, String field) {
        return (int) number(document, field);
    }

    /** Returns a text, empty if there is none. */
    static String text(Document document, String field) {
        return document.get(field) instanceof String text ? text : "";
    }
}
