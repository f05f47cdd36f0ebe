/** What was found: a table for people, a file for programs. */
@NullMarked
package io.simpleim.bench.report;

import org.jspecify.annotations.NullMarked;
