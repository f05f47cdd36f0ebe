/** The report: a table for people, a JSON file for programs. */
@NullMarked
package io.simpleim.bench.report;

import org.jspecify.annotations.NullMarked;
