# Copy this file to bin/setenv.sh of Tomcat 10.1 or 11; catalina.sh reads it at each start. The operator's CATALINA_OPTS
# (from the unit file or the shell) are appended to the options set here and therefore override them.

# Heap: a fixed size, since a server that has grown once will grow again. An idle WebSocket uses 14 KB, and a slow one up
# to [limits] outboundQueueBytes. Skipped if the operator has set a size: a -Xmx below our -Xms would not start.
im_options=
case " $JAVA_OPTS $CATALINA_OPTS " in
  *\ -Xm[sx]* | *RAMPercentage=*) ;;
  *) im_options="-Xms${IM_HEAP:-1g} -Xmx${IM_HEAP:-1g}" ;;
esac

# Without memory, threads die at random: it is better to exit at once and be restarted by systemd.
im_options="$im_options -XX:+ExitOnOutOfMemoryError"

# G1 explicitly: on a small machine the JVM would choose the serial collector, whose pauses stop all pushes. Skipped if the
# operator has chosen a collector, since only one may be named.
case " $JAVA_OPTS $CATALINA_OPTS " in
  *-XX:+Use*GC\ *) ;;
  *) im_options="$im_options -XX:+UseG1GC -XX:MaxGCPauseMillis=100" ;;
esac

# Tomcat's buffers per WebSocket, 8 KB each by default. Tomcat reads this once, before the web application runs.
im_options="$im_options -Dorg.apache.tomcat.websocket.DEFAULT_BUFFER_SIZE=1024"

# Settings for server.xml, which has the same defaults. With TLS (IM_HTTP_TLS=true and the two files named in server.xml),
# no proxy is needed, so Tomcat listens on all addresses.
case "$IM_HTTP_TLS" in
  true)
    im_options="$im_options -Dim.http.tls=true -Dim.http.scheme=https"
    im_options="$im_options -Dim.http.address=${IM_HTTP_ADDRESS:-0.0.0.0} -Dim.http.port=${IM_HTTP_PORT:-8443}"
    ;;
  '' | false)
    im_options="$im_options -Dim.http.address=${IM_HTTP_ADDRESS:-127.0.0.1} -Dim.http.port=${IM_HTTP_PORT:-8080}"
    ;;
  *)
    echo "IM_HTTP_TLS is '$IM_HTTP_TLS'; expected true or false" >&2
    exit 1
    ;;
esac
im_options="$im_options -Dim.http.maxConnections=${IM_HTTP_MAXCONNECTIONS:-20000}"
im_options="$im_options -Dim.http.maxThreads=${IM_HTTP_MAXTHREADS:-200}"

# The trusted proxies, whose X-Forwarded-For counts: a regular expression. Quoted, since catalina.sh lets the shell parse
# all options once more.
im_options="$im_options -Dim.http.trustedProxies='$IM_HTTP_TRUSTEDPROXIES'"

CATALINA_OPTS="$im_options $CATALINA_OPTS"
unset im_options

# Logs are readable for their owner and group only.
UMASK=${UMASK:-0027}

# There is no shutdown port, so `catalina.sh stop` ends the process by its id.
CATALINA_PID=${CATALINA_PID:-$CATALINA_BASE/temp/catalina.pid}
