/**
 * The standalone server: the application in an embedded Tomcat, with embedded stores. Not in the WAR. Start with {@link
 * io.simpleim.standalone.Launcher}.
 */
@NullMarked
package io.simpleim.standalone;

import org.jspecify.annotations.NullMarked;
