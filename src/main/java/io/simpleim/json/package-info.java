/** JSON in and out. The only package that knows Gson. */
@NullMarked
package io.simpleim.json;

import org.jspecify.annotations.NullMarked;
