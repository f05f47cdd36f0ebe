/** The standalone server: an embedded Tomcat around the same classes, with embedded stores. Not in the WAR. */
@NullMarked
package io.simpleim.standalone;

import org.jspecify.annotations.NullMarked;
