-- Appends an entry to the stream of a node, numbered one higher than its last entry.
--
-- KEYS[1]  the node's stream
-- KEYS[2]  number of its last entry; both keys have the node's hash tag and therefore share a slot
-- ARGV[1]  approximate maximum length of the stream
-- ARGV[2]  the encoded messages
--
-- Returns the number, or -1 if the node is gone: creating a stream then would leave keys that nobody deletes.
if redis.call('EXISTS', KEYS[2]) == 0 then
  return -1
end
local number = redis.call('INCR', KEYS[2])
redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], number .. '-0', 'news', ARGV[2])
return number
