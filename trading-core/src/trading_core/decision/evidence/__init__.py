"""One file a family: its value in [−1, 1] over history, and the sentence for one bar.

Positive speaks for BUY. Only element-wise + − × ÷, min, max and comparisons, so that one bar and a
batch agree bit for bit. What is not warm counts 0, and the sentence names it.
"""
