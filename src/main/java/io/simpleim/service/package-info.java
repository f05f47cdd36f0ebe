/** The rules, a class for each family of use cases. Knows no servlet, no WebSocket session and no driver. */
@NullMarked
package io.simpleim.service;

import org.jspecify.annotations.NullMarked;
