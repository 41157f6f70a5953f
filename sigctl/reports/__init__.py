"""What pages show: each report is one frozen value, made from the cluster and a date. Cannot print, open or send."""
